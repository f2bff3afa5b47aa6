/**
 * Stand-ins of dev mode and tests: an embedded PostgreSQL, a small model, an API that serves samples. Not in the production
 * package.
 */
@NullMarked
package dev.drydock.offline;

import org.jspecify.annotations.NullMarked;
