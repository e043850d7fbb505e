// Portkey listens on every address; a benchmark has no business there.
const { Server } = require('node:net');

const listen = Server.prototype.listen;
Server.prototype.listen = function (port, ...rest) {
  const callback = rest.find((argument) => typeof argument === 'function');
  return typeof port === 'number' ? listen.call(this, port, '127.0.0.1', callback) : listen.call(this, port, ...rest);
};
