/** What a person touches: commands, JSON API, page. */
@NullMarked
package dev.drydock.console;

import org.jspecify.annotations.NullMarked;
