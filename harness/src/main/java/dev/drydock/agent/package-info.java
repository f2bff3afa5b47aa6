/** What a user's agent implements and is given. Needs nothing but the JDK and Jakarta annotations. */
@NullMarked
package dev.drydock.agent;

import org.jspecify.annotations.NullMarked;
