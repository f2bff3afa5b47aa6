/**
 * What a person touches: the commands, the JSON API and the page.
 *
 * <p>Imports everything; nothing may import it.
 */
@NullMarked
package dev.drydock.console;

import org.jspecify.annotations.NullMarked;
