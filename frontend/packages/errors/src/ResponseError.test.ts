import { expect, it } from 'vitest';
import { ResponseError } from '.';

const json = { 'content-type': 'application/json; charset=utf-8' };

it('carries the error of the server, its cause by name', async () => {
  const body = {
    error: { name: 'NotFoundError', message: 'No such build', code: 'E7' },
    request: { method: 'GET', url: '/builds/7' },
    response: { statusCode: 404 },
  };
  const response = new Response(JSON.stringify(body), { status: 404, statusText: 'Not Found', headers: json });
  Object.defineProperty(response, 'url', { value: 'https://portal.example.com/api/builds/7?full' });
  const error = await ResponseError.fromResponse(response);
  expect(error).toMatchObject({ name: 'ResponseError', message: 'No such build', status: 404, statusCode: 404, statusText: 'Not Found', body, logId: undefined });
  expect(error).toMatchObject({ cause: { name: 'NotFoundError', code: 'E7' }, request: { method: 'GET', path: '/api/builds/7' } });
});

it.each([
  ['a page', new Response('<html>', { status: 502, statusText: 'Bad Gateway' })],
  ['JSON of another kind', new Response('{"message":"busy"}', { status: 502, statusText: 'Bad Gateway', headers: json })],
  ['broken JSON', new Response('{"error":', { status: 502, statusText: 'Bad Gateway', headers: json })],
  ['null', new Response('null', { status: 502, statusText: 'Bad Gateway', headers: json })],
])('says the status of %s', async (_, response) => {
  const error = await ResponseError.fromResponse(response, 'POST');
  expect(error).toMatchObject({ message: 'The server answered 502 Bad Gateway', cause: { name: 'Error' }, request: { method: 'POST', path: '' } });
  expect(error.body).toEqual({ error: { name: 'Error', message: error.message }, response: { statusCode: 502 } });
});

it('knows the id that the server logged the cause under', async () => {
  const body = { error: { name: 'InternalServerError', message: 'An internal error occurred logId=ab12' } };
  const error = await ResponseError.fromResponse(new Response(JSON.stringify(body), { status: 500, headers: json }));
  expect(error.logId).toBe('ab12');
});
