import * as z from 'zod';

import { errorCodes, wireError } from '#lib/protocol/errors.ts';

import type { Access, ResponseKind, Route } from './route.ts';

/**
 * The routes as an OpenAPI 3.1 document, whose schemas are JSON Schema 2020-12.
 * Schemas that clean what they take are described by what they take, for requests, and by what they give, for answers.
 */
export function openApiDocument(routes: readonly Route[]): object {
	const paths: Record<string, Record<string, object>> = {};
	for (const route of routes) {
		const path = route.path.replaceAll(/:(\w+)/g, '{$1}');
		paths[path] = { ...paths[path], [route.method]: operation(route) };
	}
	return {
		openapi: '3.1.0',
		info: {
			title: 'Boost Board',
			version: '1',
			description:
				'What the pages of Boost Board use themselves. Sessions are cookies; a write that carries one needs an Origin header of this server. ' +
				'Live workshops are changed by commands over socket.io, not here.',
		},
		servers: [{ url: '/api/v1' }],
		paths,
		components: {
			securitySchemes: {
				account: { type: 'apiKey', in: 'cookie', name: 'boost_account' },
				guest: { type: 'apiKey', in: 'cookie', name: 'boost_guest' },
			},
			schemas: {
				Error: jsonSchema(z.object({ error: wireError }), 'output'),
				ErrorCode: { type: 'string', enum: errorCodes },
			},
		},
	};
}

function operation(route: Route): object {
	return {
		summary: route.summary,
		operationId: operationId(route),
		security: securityOf(route.access),
		parameters: [...parameters(route.params, 'path'), ...parameters(route.query, 'query')],
		...(route.body === undefined
			? {}
			: {
					requestBody: { required: true, content: { 'application/json': { schema: jsonSchema(route.body, 'input') } } },
				}),
		responses: {
			[route.status]: { description: 'Done', ...content(route.response) },
			default: {
				description: 'Refused',
				content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
			},
		},
	};
}

function operationId({ method, path }: Route): string {
	const words = path.split(/[^A-Za-z0-9]+/).filter((word) => word !== '');
	return method + words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
}

function securityOf(access: Access): object[] {
	return access === 'public' ? [] : [{ [access]: [] }];
}

function content(response: ResponseKind): object {
	if (!('kind' in response)) return { content: { 'application/json': { schema: jsonSchema(response, 'output') } } };
	if (response.kind !== 'file') return {};
	return { content: { [response.contentType.split(';')[0] ?? '']: { schema: { type: 'string' } } } };
}

function parameters(schema: z.ZodType | undefined, place: 'path' | 'query'): object[] {
	if (schema === undefined) return [];
	const { properties = {}, required = [] } = jsonSchema(schema, 'input');
	return Object.entries(properties).map(([name, property]) => ({
		name,
		in: place,
		required: place === 'path' || required.includes(name),
		schema: property,
	}));
}

function jsonSchema(schema: z.ZodType, io: 'input' | 'output'): z.core.JSONSchema.BaseSchema {
	const { $schema: _dialect, ...described } = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
	return described;
}
