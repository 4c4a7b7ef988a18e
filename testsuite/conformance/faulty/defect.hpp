#pragma once

#include <azoth/dialect.hpp>

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace azoth::faulty {

/// Where a driver can go wrong. Each function does what is right; a defect does one of them wrong. One for a connection.
class defect {
public:
    virtual ~defect() = default;

    /// What the connection says that it can do.
    virtual void claim(capabilities&) {}

    /// A statement's SQL, before the database gets it.
    virtual void rewrite(std::string&) {}

    /// Values on their way to the database, and on their way back; a changed text goes to `memory`.
    virtual void send(cell&, arena& memory);
    virtual void receive(cell&, arena& memory);
    /// Rows of a result: whether this one, counted from 0, arrives.
    virtual bool arrives(std::size_t /*row*/) { return true; }
    virtual void name_column(std::string&) {}
    virtual std::int64_t affected(std::int64_t rows) { return rows; }
    /// The order in which an INSERT of many rows returns them.
    virtual void order(std::vector<std::vector<cell>>&) {}
    virtual execute_options limits(const execute_options& given) { return given; }
    /// Whether a result comes as it is read; else it is held in memory.
    virtual bool streams() { return true; }

    virtual void begin(driver_connection& on, const transaction_options& options) { on.begin(options); }
    virtual void commit(driver_connection& on) { on.commit(); }
    virtual void rollback(driver_connection& on) { on.rollback(); }
    virtual bool is_in_transaction(const driver_connection& on) { return on.in_transaction(); }
    virtual void savepoint(driver_connection& on, std::string_view name) { on.savepoint(name); }
    virtual void release_savepoint(driver_connection& on, std::string_view name) { on.release_savepoint(name); }
    virtual void rollback_to_savepoint(driver_connection& on, std::string_view name) { on.rollback_to_savepoint(name); }
    virtual void set_isolation(driver_connection& on, isolation_level level) { on.set_isolation(level); }
    virtual void ping(driver_connection& on, const deadline& until) { on.ping(until); }
    virtual bool reset(driver_connection& on) { return on.reset(); }
    virtual void cancel(driver_connection& on) noexcept { on.cancel(); }

    /// What the database has refused. Returning swallows it.
    virtual void fail(const native_error& e) { throw e; }
    virtual void fail(const error&) { throw; }
};

/// A copy of a text that lives with the other values.
[[nodiscard]] inline cell replaced(const cell& c, std::string_view text, arena& memory) { return {c.tag, memory.copy(text)}; }

/// The names that the URL option `defect` takes: "none" and those of the defects.
[[nodiscard]] std::vector<std::string> defect_names();
/// Makes a defect by its name.
[[nodiscard]] std::unique_ptr<defect> make_defect(std::string_view name);

/// A defect in the catalogue. The parts of it, a file each.
struct named_defect {
    std::string_view name;
    std::unique_ptr<defect> (*make)();
};
[[nodiscard]] std::span<const named_defect> value_defects();
[[nodiscard]] std::span<const named_defect> result_defects();
[[nodiscard]] std::span<const named_defect> transaction_defects();
[[nodiscard]] std::span<const named_defect> connection_defects();
[[nodiscard]] std::span<const named_defect> claim_defects();
[[nodiscard]] std::span<const named_defect> statement_defects();

template <class D>
std::unique_ptr<defect> make() {
    return std::make_unique<D>();
}

}  // namespace azoth::faulty
