/**
 * Stand-ins for dev mode and tests, where neither a database nor a key is at hand: a real PostgreSQL, and a small real
 * model in this process.
 *
 * <p>What they run on has the scope {@code provided}: it is on the class path in dev mode and tests, and not in the
 * package, where these classes are never loaded. Imports nothing of the project; only {@code console} may ask it
 * whether it is there.
 */
@NullMarked
package dev.drydock.offline;

import org.jspecify.annotations.NullMarked;
