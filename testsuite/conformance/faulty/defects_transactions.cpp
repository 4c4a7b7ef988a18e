// What happens to transactions.
#include "defect.hpp"

namespace azoth::faulty {
namespace {

/// They are claimed, and nothing is done.
class ignores_savepoints final : public defect {
    void savepoint(driver_connection&, std::string_view) override {}
    void release_savepoint(driver_connection&, std::string_view) override {}
    void rollback_to_savepoint(driver_connection&, std::string_view) override {}
};

class commits_on_rollback final : public defect {
    void rollback(driver_connection& on) override {
        if (on.in_transaction()) on.commit();
    }
};

class rolls_back_on_commit final : public defect {
    void commit(driver_connection& on) override { on.rollback(); }
};

/// A connection goes back to the pool in the middle of a transaction, and says that it is not.
class keeps_transaction_open final : public defect {
    void begin(driver_connection& on, const transaction_options& options) override {
        if (!on.in_transaction()) on.begin(options);
    }
    void rollback(driver_connection&) override {}
    bool is_in_transaction(const driver_connection&) override { return false; }
};

class autocommits final : public defect {
    void begin(driver_connection&, const transaction_options&) override {}
    void commit(driver_connection&) override {}
    void rollback(driver_connection&) override {}
};

class ignores_read_only final : public defect {
    void begin(driver_connection& on, const transaction_options& options) override {
        transaction_options writing = options;
        writing.read_only = false;
        on.begin(writing);
    }
};

constexpr named_defect list[] = {
    {"ignores-savepoints", &make<ignores_savepoints>},
    {"commits-on-rollback", &make<commits_on_rollback>},
    {"rolls-back-on-commit", &make<rolls_back_on_commit>},
    {"keeps-transaction-open", &make<keeps_transaction_open>},
    {"autocommits", &make<autocommits>},
    {"ignores-read-only", &make<ignores_read_only>},
};

}  // namespace

std::span<const named_defect> transaction_defects() { return list; }

}  // namespace azoth::faulty
