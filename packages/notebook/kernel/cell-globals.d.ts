/**
 * What Node 20 has, and the types that cells are checked with (those of TypeScript 5.0.4 and of Node) lack. Not here is what
 * Node 20 itself lacks, such as `Object.groupBy`.
 */
/* eslint-disable @typescript-eslint/no-empty-object-type */

interface ReadonlyArray<T> {
  toReversed(): T[];
  toSorted(compare?: (a: T, b: T) => number): T[];
  toSpliced(start: number, deleteCount?: number, ...items: T[]): T[];
  with(index: number, value: T): T[];
}

interface Array<T> {
  toReversed(): T[];
  toSorted(compare?: (a: T, b: T) => number): T[];
  toSpliced(start: number, deleteCount?: number, ...items: T[]): T[];
  with(index: number, value: T): T[];
}

interface CopyingArray<Self, Item> {
  toReversed(): Self;
  toSorted(compare?: (a: Item, b: Item) => number): Self;
  with(index: number, value: Item): Self;
}
interface Int8Array extends CopyingArray<Int8Array, number> {}
interface Uint8Array extends CopyingArray<Uint8Array, number> {}
interface Uint8ClampedArray extends CopyingArray<Uint8ClampedArray, number> {}
interface Int16Array extends CopyingArray<Int16Array, number> {}
interface Uint16Array extends CopyingArray<Uint16Array, number> {}
interface Int32Array extends CopyingArray<Int32Array, number> {}
interface Uint32Array extends CopyingArray<Uint32Array, number> {}
interface Float32Array extends CopyingArray<Float32Array, number> {}
interface Float64Array extends CopyingArray<Float64Array, number> {}
interface BigInt64Array extends CopyingArray<BigInt64Array, bigint> {}
interface BigUint64Array extends CopyingArray<BigUint64Array, bigint> {}

interface String {
  isWellFormed(): boolean;
  toWellFormed(): string;
}

declare namespace WebAssembly {
  type ValueType = 'i32' | 'i64' | 'f32' | 'f64' | 'v128' | 'externref' | 'anyfunc';
  type ImportExportKind = 'function' | 'global' | 'memory' | 'table';
  type ExportValue = CallableFunction | Global | Memory | Table;
  type Exports = Record<string, ExportValue>;
  type Imports = Record<string, Record<string, ExportValue | number>>;

  interface ModuleExportDescriptor {
    name: string;
    kind: ImportExportKind;
  }

  interface ModuleImportDescriptor extends ModuleExportDescriptor {
    module: string;
  }

  class Module {
    constructor(bytes: ArrayBuffer | ArrayBufferView);
    static exports(module: Module): ModuleExportDescriptor[];
    static imports(module: Module): ModuleImportDescriptor[];
    static customSections(module: Module, name: string): ArrayBuffer[];
  }

  class Instance {
    constructor(module: Module, imports?: Imports);
    readonly exports: Exports;
  }

  class Memory {
    constructor(descriptor: { initial: number; maximum?: number; shared?: boolean });
    readonly buffer: ArrayBuffer;
    grow(pages: number): number;
  }

  class Table {
    constructor(descriptor: { element: 'anyfunc' | 'externref'; initial: number; maximum?: number }, value?: unknown);
    readonly length: number;
    get(index: number): unknown;
    grow(by: number, value?: unknown): number;
    set(index: number, value?: unknown): void;
  }

  class Global {
    constructor(descriptor: { value: ValueType; mutable?: boolean }, value?: unknown);
    value: unknown;
    valueOf(): unknown;
  }

  class CompileError extends Error {}
  class LinkError extends Error {}
  class RuntimeError extends Error {}

  function validate(bytes: ArrayBuffer | ArrayBufferView): boolean;
  function compile(bytes: ArrayBuffer | ArrayBufferView): Promise<Module>;
  function instantiate(module: Module, imports?: Imports): Promise<Instance>;
  function instantiate(
    bytes: ArrayBuffer | ArrayBufferView,
    imports?: Imports,
  ): Promise<{ module: Module; instance: Instance }>;
}
