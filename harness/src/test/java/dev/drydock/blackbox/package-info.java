/** Tests from outside: the packaged jar or the native executable, as a process, against a PostgreSQL of its own. */
@NullMarked
package dev.drydock.blackbox;

import org.jspecify.annotations.NullMarked;
