import { createServer } from 'node:http';

/** What node:http answers on this machine when there is nothing to do: reads a body, answers some JSON. `bare PORT`. */
createServer((request, response) => {
  request.on('data', () => undefined);
  request.on('end', () => {
    response.writeHead(201, { 'content-type': 'application/json' });
    response.end('{"ok":true}');
  });
}).listen(Number(process.argv[2]), '127.0.0.1', () => process.send?.('listening'));
