package dev.drydock.outbox;

import dev.drydock.agent.Mode;
import dev.drydock.config.DeliveryGuarantee;
import dev.drydock.config.DrydockConfig;
import dev.drydock.config.RegisteredAgent;
import dev.drydock.journal.DeliveryClaims;
import dev.drydock.journal.DeliveryClaims.Claim;
import dev.drydock.journal.WithdrawDeliveries;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/** The outputs that may be delivered now; those that may not any more are withdrawn first. */
@Singleton
class DueOutputs {

    private static final Logger LOG = Logger.getLogger(DueOutputs.class);

    private final DeliveryClaims claims;
    private final WithdrawDeliveries withdrawals;
    private final int maxAttempts;

    DueOutputs(DeliveryClaims claims, WithdrawDeliveries withdrawals, DrydockConfig config) {
        this.claims = claims;
        this.withdrawals = withdrawals;
        this.maxAttempts = config.outbox().maxAttempts();
    }

    /** Withdraws what a crash left unsure, what the mode no longer delivers, and what is too old. */
    void withdraw(RegisteredAgent<?, ?> agent) {
        setAsideUnsure(agent);
        var mode = agent.settings().mode();
        if (mode != Mode.LIVE) {
            var held = withdrawals.hold(agent.name(), mode);
            if (held > 0) {
                LOG.warnf(
                        "%d outputs of %s were decided in live mode and not delivered yet; in %s mode they are HELD until a person approves or rejects them",
                        held, agent.name(), mode);
            }
        }
        expire(agent);
    }

    /** Claims some of those that are due, at most so many. */
    Claim claim(RegisteredAgent<?, ?> agent, int most) {
        expire(agent);
        return claims.claim(agent, most);
    }

    /** Sent again at most once, or after a crash in each of many attempts, an output would never end. */
    private void setAsideUnsure(RegisteredAgent<?, ?> agent) {
        var once = agent.settings().delivery() == DeliveryGuarantee.AT_MOST_ONCE;
        var unsure = withdrawals.setAsideUnsure(agent.name(), once ? 1 : maxAttempts);
        if (unsure > 0) {
            LOG.errorf(
                    "%d deliveries of %s were interrupted by a crash; they are UNDELIVERABLE until a person checks and redelivers them",
                    unsure, agent.name());
        }
    }

    private void expire(RegisteredAgent<?, ?> agent) {
        agent.settings().deliverWithin().ifPresent(within -> {
            var expired = withdrawals.expire(agent.name(), within);
            if (expired > 0) {
                LOG.errorf(
                        "%d outputs of %s are EXPIRED: not delivered within %s (drydock.agents.%s.deliver-within)",
                        expired, agent.name(), within, agent.name());
            }
        });
    }
}
