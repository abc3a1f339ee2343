import type { Request, RequestHandler } from 'express';
import { collectDefaultMetrics, Histogram, Registry } from 'prom-client';

/** The process' figures for Prometheus. Other parts of the server register theirs in the same registry. */
export function createMetrics(): { registry: Registry; observe: RequestHandler; show: RequestHandler; stop(): void } {
	const registry = new Registry();
	collectDefaultMetrics({ register: registry });
	const durations = new Histogram({
		name: 'http_request_duration_seconds',
		help: 'Time to answer, by route and status',
		labelNames: ['method', 'route', 'status'] as const,
		buckets: [0.005, 0.02, 0.1, 0.5, 2, 10],
		registers: [registry],
	});
	return {
		registry,
		observe(request, response, next) {
			const end = durations.startTimer();
			response.on('close', () => {
				const route: unknown = response.locals.route;
				end({
					method: request.method,
					route: typeof route === 'string' ? route : 'pages',
					status: response.statusCode,
				});
			});
			next();
		},
		async show(request, response, next) {
			if (!isLoopback(request)) {
				next();
				return;
			}
			response.type(registry.contentType).send(await registry.metrics());
		},
		stop: () => registry.clear(),
	};
}

/** From this machine itself, and not passed on by a proxy on it. */
function isLoopback(request: Request): boolean {
	const address = request.socket.remoteAddress ?? '';
	const local = address === '::1' || /^(::ffff:)?127\./.test(address);
	return local && request.headers['x-forwarded-for'] === undefined && request.headers.forwarded === undefined;
}
