import type { FastifyRequest } from 'fastify';

/** A `Link` to the next page: the same request with one parameter replaced. */
export const nextLink = ({ url }: FastifyRequest, parameter: string, value: string): string => {
  const [path = '', query = ''] = url.split('?');
  const parameters = new URLSearchParams(query);
  parameters.set(parameter, value);
  return `<${path}?${parameters}>; rel="next"`;
};
