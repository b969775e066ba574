export { backendProvider } from './backend-provider.ts';
