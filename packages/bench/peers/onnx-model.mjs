/** Just enough of protocol buffers to write an ONNX model (https://github.com/onnx/onnx/blob/main/onnx/onnx.proto). */

const float32 = 1;

function varint(value) {
  const bytes = [];
  for (; value > 127; value = Math.floor(value / 128)) bytes.push((value % 128) | 128);
  return [...bytes, value];
}

/** A field with a number. */
const number = (field, value) => Buffer.from([...varint(field * 8), ...varint(value)]);

/** A field with text, bytes, or a message that is encoded already. */
function bytes(field, content) {
  const body = Buffer.from(content);
  return Buffer.concat([Buffer.from([...varint(field * 8 + 2), ...varint(body.length)]), body]);
}

const message = (field, ...fields) => bytes(field, Buffer.concat(fields));

/** A tensor of floats by name and shape: an input or an output of the graph. */
const valueInfo = (field, name, shape) =>
  message(
    field,
    bytes(1, name),
    message(2, message(1, number(1, float32), message(2, ...shape.map((size) => message(1, number(1, size)))))),
  );

/** A constant of the graph. */
export const initializer = (name, shape, values) =>
  message(
    5,
    ...shape.map((size) => number(1, size)),
    number(2, float32),
    bytes(8, name),
    bytes(9, Buffer.from(values.buffer, values.byteOffset, values.byteLength)),
  );

/** An operation; `attributes` are whole numbers. */
export const node = (operation, inputs, output, attributes = {}) =>
  message(
    1,
    ...inputs.map((name) => bytes(1, name)),
    bytes(2, output),
    bytes(4, operation),
    ...Object.entries(attributes).map(([name, value]) => message(5, bytes(1, name), number(3, value), number(20, 2))),
  );

/** A model of operators of version 13; `inputs` are shapes by name, `output` is `y`. */
export function model({ nodes, initializers = [], inputs, outputShape }) {
  return Buffer.concat([
    number(1, 8),
    message(
      7,
      ...nodes,
      bytes(2, 'graph'),
      ...initializers,
      ...Object.entries(inputs).map(([name, shape]) => valueInfo(11, name, shape)),
      valueInfo(12, 'y', outputShape),
    ),
    message(8, bytes(1, ''), number(2, 13)),
  ]);
}
