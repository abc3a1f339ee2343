import type { Page } from '@playwright/test';

/** Calls the API as the page itself would: with its cookies, from its address. @throws Error if it is refused */
export async function callFromPage<Answer>(page: Page, method: string, path: string, body?: unknown): Promise<Answer> {
	return page.evaluate(
		async (request) => {
			const response = await fetch(`/api/v1${request.path}`, {
				method: request.method,
				...(request.body === undefined
					? {}
					: { headers: { 'content-type': 'application/json' }, body: JSON.stringify(request.body) }),
			});
			const answer = await response.text();
			if (!response.ok) throw new Error(`${request.path} was answered with ${String(response.status)}: ${answer}`);
			return (answer === '' ? null : JSON.parse(answer)) as Answer;
		},
		{ method, path, body },
	);
}
