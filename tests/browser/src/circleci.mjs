import { CircleCISimulator } from '../../../frontend/packages/circleci-simulator/src/simulator.mjs';

/** The projects that the components of the example organisation name. */
const SLUGS = ['web-shop', 'basket-service', 'order-service', 'product-service', 'shipping-service', 'stock-service'].map(name => `gh/acme/${name}`);

/** Has a page's requests to CircleCI answered by a simulated one. */
export async function serveSimulatedCircleCI(page) {
  let circleCI;
  await page.route('**/api/proxy/circleci/api/**', async route => {
    circleCI ??= new CircleCISimulator({ slugs: SLUGS });
    const request = route.request();
    const url = request.url().replace(/^.*\/api\/proxy\/circleci\/api/, 'https://circleci.com/api');
    const headers = { 'circle-token': circleCI.token };
    const body = request.method() === 'POST' ? request.postData() : undefined;
    const response = await circleCI.handle(new Request(url, { method: request.method(), headers, body }));
    await route.fulfill({ status: response.status, contentType: 'application/json', body: await response.text() });
  });
}
