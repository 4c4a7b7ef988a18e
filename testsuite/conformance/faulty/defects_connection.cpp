// What happens to errors, time limits and the connection itself.
#include "defect.hpp"

#include <sqlite3.h>

namespace azoth::faulty {
namespace {

class loss_as_data_error final : public defect {
    void fail(const error& e) override {
        if (e.code() == errc::closed || e.is_disconnect()) throw_error(errc::data, e.message());
        throw;
    }
};

class swallows_integrity_errors final : public defect {
    void fail(const native_error& e) override {
        if ((e.code() & 0xff) != SQLITE_CONSTRAINT) throw e;
    }
};

class confuses_constraints final : public defect {
    void fail(const native_error& e) override {
        const bool is_unique = e.code() == SQLITE_CONSTRAINT_UNIQUE || e.code() == SQLITE_CONSTRAINT_PRIMARYKEY;
        throw native_error{is_unique ? SQLITE_CONSTRAINT_FOREIGNKEY : e.code(), e.message(), e.sqlstate(), e.constraint()};
    }
};

class locks_as_statements_errors final : public defect {
    void fail(const native_error& e) override {
        const int kind = e.code() & 0xff;
        throw native_error{kind == SQLITE_BUSY || kind == SQLITE_LOCKED ? SQLITE_ERROR : e.code(), e.message()};
    }
};

/// Session settings, temporary tables and locks stay for the next one who gets the connection.
class leaky_reset final : public defect {
    bool reset(driver_connection& on) override {
        on.rollback();
        return true;
    }
};

class ignores_cancel final : public defect {
    void cancel(driver_connection&) noexcept override {}
};

class ignores_deadlines final : public defect {
    execute_options limits(const execute_options& given) override {
        execute_options endless = given;
        endless.until = {};
        return endless;
    }
};

class ignores_stop final : public defect {
    execute_options limits(const execute_options& given) override {
        execute_options endless = given;
        endless.stop = {};
        return endless;
    }
};

class pings_blindly final : public defect {
    void ping(driver_connection&, const deadline&) override {}
};

constexpr named_defect list[] = {
    {"loss-as-data-error", &make<loss_as_data_error>},
    {"swallows-integrity-errors", &make<swallows_integrity_errors>},
    {"confuses-constraints", &make<confuses_constraints>},
    {"locks-as-statement-errors", &make<locks_as_statements_errors>},
    {"leaky-reset", &make<leaky_reset>},
    {"ignores-cancel", &make<ignores_cancel>},
    {"ignores-deadlines", &make<ignores_deadlines>},
    {"ignores-stop", &make<ignores_stop>},
    {"pings-blindly", &make<pings_blindly>},
};

}  // namespace

std::span<const named_defect> connection_defects() { return list; }

}  // namespace azoth::faulty
