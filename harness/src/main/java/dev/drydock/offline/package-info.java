/** Embedded database and offline model for dev mode and tests; absent from the production package. */
@NullMarked
package dev.drydock.offline;

import org.jspecify.annotations.NullMarked;
