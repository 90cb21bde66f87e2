import { CircleCISimulator } from '../../../frontend/packages/circleci-simulator/src/simulator.mjs';

/** Has a page's requests to CircleCI answered by a simulated one, with the projects that example components name. */
export async function serveSimulatedCircleCI(page) {
  const circleCI = new CircleCISimulator({ slugs: ['gh/acme/web-shop', 'gh/acme/basket-service', 'gh/acme/order-service'] });
  await page.route('**/api/proxy/circleci/api/**', async route => {
    const request = route.request();
    const url = request.url().replace(/^.*\/api\/proxy\/circleci\/api/, 'https://circleci.com/api');
    const headers = { 'circle-token': circleCI.token };
    const body = request.method() === 'POST' ? request.postData() : undefined;
    const response = await circleCI.handle(new Request(url, { method: request.method(), headers, body }));
    await route.fulfill({ status: response.status, contentType: 'application/json', body: await response.text() });
  });
}
