package dev.drydock.journal;

import dev.drydock.database.Database;
import dev.drydock.database.RefusedStatements;
import dev.drydock.http.SharedTokens;
import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import java.sql.SQLException;
import java.time.InstantSource;
import org.jdbi.v3.core.Jdbi;

/** Opens parts of the journal without an application around them: in a process that a test starts. */
public final class Journals {

    private static final int CONNECTIONS = 16;

    private Journals() {}

    public static SpendLedger ledger(String jdbcUrl) throws SQLException {
        return new SpendLedger(jdbi(jdbcUrl));
    }

    public static SharedTokens tokens(String jdbcUrl) throws SQLException {
        return new StoreTokens(jdbi(jdbcUrl));
    }

    public static BatchJournal batches(String jdbcUrl) throws SQLException {
        return new BatchJournal(jdbi(jdbcUrl), InstantSource.system());
    }

    private static Jdbi jdbi(String jdbcUrl) throws SQLException {
        var pool = new AgroalDataSourceConfigurationSupplier()
                .connectionPoolConfiguration(connections -> connections
                        .maxSize(CONNECTIONS)
                        .connectionFactoryConfiguration(factory -> factory.jdbcUrl(jdbcUrl)));
        return Database.jdbi(AgroalDataSource.from(pool), new RefusedStatements());
    }
}
