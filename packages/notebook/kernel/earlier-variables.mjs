/**
 * tslab makes `exports.x` of every `x` that an earlier cell has declared, with two mistakes, which this mends:
 *
 * - it overlooks `{ x }`, which then fails with "x is not defined": here it becomes `{ x: exports.x }`
 * - it takes the property `x` in `const { x: y } = z` for a variable where an earlier cell has inferred the type of `z`, which
 *   then fails with "Identifier 'exports' has already been declared": here it becomes `const { 'x': y } = z`
 *
 * @param typescript - tslab's TypeScript.
 * @param host - what `createWatchCompilerHost` has returned; tslab sets its `afterProgramCreate` next.
 */
export function mendEarlierVariables(typescript, host) {
  let notify = host.afterProgramCreate;
  Object.defineProperty(host, 'afterProgramCreate', {
    enumerable: true,
    get: () => notify,
    set: (receive) => {
      notify = (builder) => {
        const emit = builder.emit;
        builder.emit = (file, write, token, declarationsOnly, transformers) =>
          emit(file, write, token, declarationsOnly, {
            ...transformers,
            before: [(context) => mend(typescript, builder.getProgram().getTypeChecker(), context)],
          });
        receive(builder);
      };
    },
  });
}

function mend(typescript, checker, context) {
  const { factory } = context;
  const isOfEarlierCell = (node) =>
    checker
      .getShorthandAssignmentValueSymbol(node)
      ?.declarations?.some((declaration) => declaration.getSourceFile().fileName.endsWith('__prev__.d.ts'));
  const visit = (node) => {
    if (typescript.isShorthandPropertyAssignment(node) && isOfEarlierCell(node)) return expand(node);
    const visited = typescript.visitEachChild(node, visit, context);
    if (!typescript.isBindingElement(node) || !node.propertyName || !typescript.isIdentifier(node.propertyName))
      return visited;
    const { dotDotDotToken, propertyName, name, initializer } = visited;
    return factory.updateBindingElement(
      visited,
      dotDotDotToken,
      factory.createStringLiteral(propertyName.text),
      name,
      initializer,
    );
  };
  const expand = ({ name, objectAssignmentInitializer: fallback }) => {
    const variable = factory.createPropertyAccessExpression(factory.createIdentifier('exports'), name);
    // In a pattern, `({ x = 1 } = y)`, there may be a default.
    const value = fallback ? factory.createAssignment(variable, typescript.visitNode(fallback, visit)) : variable;
    return factory.createPropertyAssignment(name, value);
  };
  return (file) => typescript.visitNode(file, visit);
}
