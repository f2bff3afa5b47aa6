/** Pages for people, pictures, live updates. */
@NullMarked
package dev.drydock.console.page;

import org.jspecify.annotations.NullMarked;
