import { describeFailure } from './describe-failure.mjs';

const publish = Symbol('publish');
const failure = Symbol('failure');

/**
 * Adds to tslab's protocol what front ends wait for: `execute_input` (without it no cell has a number), `error` (without
 * it a failure has neither name nor traceback), and `stop_on_error: false`, after which the next cell must run.
 *
 * @param {NodeJS.Require} load - `require` from tslab's folder of modules.
 */
export function completeMessages(load) {
  const executors = load('./executor.js');
  const { JupyterHandlerImpl, ZmqServer } = load('./jupyter.js');

  /** What the executor has to say about the cell that runs; tslab would write it to stderr and no more. */
  let reported = null;
  let writeError;

  const { createExecutor } = executors;
  executors.createExecutor = (folder, converters, output) => {
    writeError = output.error;
    const error = (...parts) => (reported ? reported.push(parts) : writeError(...parts));
    return createExecutor(folder, converters, { ...output, error });
  };

  const answer = ZmqServer.prototype.handleExecute;
  ZmqServer.prototype.handleExecute = function (socket, message) {
    message.content[publish] = (type, content) => {
      const reply = message.createReply();
      reply.header.msg_type = type;
      reply.content = content;
      reply.signAndSend(this.connInfo.key, this.iopub);
    };
    return answer.call(this, socket, message);
  };

  const close = ZmqServer.prototype.close;
  ZmqServer.prototype.close = function () {
    close.call(this);
    // What a cell has left behind, such as a timer, must not keep a kernel that was told to end.
    setTimeout(() => process.exit(0), 300).unref();
  };

  const run = JupyterHandlerImpl.prototype.handleExecuteImpl;
  JupyterHandlerImpl.prototype.handleExecuteImpl = async function (request, ...writers) {
    const executionCount = this.execCount + 1;
    if (!request.silent) request[publish]('execute_input', { code: request.code, execution_count: executionCount });
    reported = [];
    try {
      const count = await run.call(this, request, ...writers);
      // Said of a cell that nevertheless succeeds: a `@module` with type errors.
      const said = reported;
      reported = null;
      for (const parts of said) writeError(...parts);
      return count;
    } catch (thrown) {
      // tslab throws the execution count after what it has reported; anything else is a fault of its own.
      const count = thrown instanceof Error ? { count: executionCount } : thrown;
      request[failure] = describeFailure(thrown instanceof Error ? [[thrown]] : reported);
      request[publish]('error', request[failure]);
      // A thrown count empties the queue behind this cell, which is what `stop_on_error` asks for.
      if (request.stop_on_error === false) return count;
      throw thrown;
    } finally {
      reported = null;
    }
  };

  const reply = JupyterHandlerImpl.prototype.handleExecute;
  JupyterHandlerImpl.prototype.handleExecute = async function (request, ...writers) {
    const content = await reply.call(this, request, ...writers);
    if (request[failure]) return { ...content, status: 'error', ...request[failure] };
    // 'aborted' is the protocol's word.
    return content.status === 'abort' ? { ...content, status: 'aborted' } : content;
  };
}
