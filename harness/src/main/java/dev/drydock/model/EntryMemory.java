package dev.drydock.model;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.memory.ChatMemory;
import dev.langchain4j.memory.chat.ChatMemoryProvider;
import jakarta.inject.Singleton;
import java.util.List;

/**
 * Gives AI services a memory that lasts for one attempt at one entry. The platform's own would be shared by all entries,
 * for they are decided outside of any request: one customer's message would stand in the prompt about another's.
 */
@Singleton
class EntryMemory implements ChatMemoryProvider {

    @Override
    public ChatMemory get(Object memoryId) {
        return new OfScope(memoryId);
    }

    /** Kept for good by its AI service, and so holds nothing itself. */
    private record OfScope(Object id) implements ChatMemory {

        @Override
        public List<ChatMessage> messages() {
            return DecisionContext.current()
                    .map(scope -> List.copyOf(scope.conversation(this)))
                    .orElse(List.of());
        }

        @Override
        public void add(ChatMessage message) {
            DecisionContext.current()
                    .ifPresent(scope -> scope.conversation(this).add(message));
        }

        @Override
        public void clear() {
            DecisionContext.current()
                    .ifPresent(scope -> scope.conversation(this).clear());
        }

        /** Each AI service has one of its own under the same id. */
        @Override
        public boolean equals(Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }
    }
}
