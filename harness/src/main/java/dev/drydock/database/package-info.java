/** Address, credentials, driver settings and health of PostgreSQL. */
@NullMarked
package dev.drydock.database;

import org.jspecify.annotations.NullMarked;
