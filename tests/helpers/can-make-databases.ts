/** Ends well if the server at the given address lets us make databases: `node can-make-databases.ts URL`. */
import { connect } from '#server/db/client.ts';

const database = connect(process.argv[2] ?? '', { max: 1 });
try {
	const [role] = await database<[{ able: boolean }]>`
		select rolcreatedb or rolsuper as able from pg_roles where rolname = current_user
	`;
	process.exitCode = role.able ? 0 : 1;
} catch {
	// No server, or none for us.
	process.exitCode = 1;
} finally {
	await database.end({ timeout: 1 });
}
