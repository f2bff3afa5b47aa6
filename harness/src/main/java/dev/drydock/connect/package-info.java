/** Sources (folder, HTTP, feeds) and channels (Slack, folder, HTTP) that an agent can inject. */
@NullMarked
package dev.drydock.connect;

import org.jspecify.annotations.NullMarked;
