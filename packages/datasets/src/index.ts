export { type Mnist, type MnistOptions, loadMnist } from './mnist/load-mnist.ts';
export * from './toy.ts';
