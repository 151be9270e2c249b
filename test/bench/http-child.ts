import Fastify from 'fastify';

/** The limit for HTTP: bare Fastify that answers the same bytes, and takes the same JSON. */
const body = process.argv[2] ?? '{}';
const app = Fastify();
app.get('/balance', (_request, reply) => {
  void reply.header('content-type', 'application/json; charset=utf-8').send(body);
});
app.post('/payment', () => ({ outcome: 'happened' }));
const address = await app.listen({ port: 0, host: '127.0.0.1' });
process.stdout.write(`${address}\n`);
