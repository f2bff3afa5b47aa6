/** The files that a deployment is made of, held against what their platforms know. */
@NullMarked
package dev.drydock.deploy;

import org.jspecify.annotations.NullMarked;
