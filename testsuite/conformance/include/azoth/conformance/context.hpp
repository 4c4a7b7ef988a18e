#pragma once

#include <azoth/azoth.hpp>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace azoth::conformance {

/// What a case works with: an engine on the database under test, and tables of its own. For one case, by one thread; further connections
/// may be used by further threads, which end before the case does.
class context {
public:
    /// `unchecked`: the engine sends what the server is not known to do (engine_options::unchecked).
    context(const url& target, bool unchecked);
    ~context();  ///< finishes
    context(const context&) = delete;
    context& operator=(const context&) = delete;

    [[nodiscard]] const azoth::engine& engine() const noexcept;
    [[nodiscard]] const url& target() const noexcept;
    /// Another engine on the same database, with other options (a pool of its own).
    [[nodiscard]] azoth::engine engine_with(engine_options options) const;
    /// Another engine, on another URL: a wrong password, another option.
    [[nodiscard]] azoth::engine engine_on(const url& other, engine_options options = {}) const;
    [[nodiscard]] connection connect() const { return engine().connect(); }
    [[nodiscard]] const profile& server();
    [[nodiscard]] const capabilities& can() { return server().can; }

    /// A name that nothing else in the database has: "azc_k3x9q2_2_stem". At most 63 bytes: a longer stem is cut.
    [[nodiscard]] std::string unique_name(std::string_view stem);
    /// Makes a table and drops it at the end. The name is made unique.
    [[nodiscard]] table make_table(std::string_view stem, std::vector<column_draft> columns);
    /// Creates a mapped struct's table and drops it at the end. Its mapping takes the table's name from `mapped_name("stem")`.
    template <mapped T>
    void make_table() {
        make(metadata_of<T>());
    }
    void make(const metadata& tables);
    /// Drops a table of that name at the end, should the case have left it.
    void drop_at_end(const std::string& name);
    /// The same of a view, where that can be done: a case on views that the dialect does not claim may make one, and stop.
    void drop_at_end(const view& made);
    /// Something to run at the end, before the tables are dropped: DDL that only text() can say. Errors are the case's failure.
    void at_end(std::string sql);
    /// A unique id for a two-phase transaction, which is rolled back at the end where it still waits for a decision.
    [[nodiscard]] std::string transaction_id(std::string_view stem);

    /// Where a case cannot decide with this database (a second user that nobody told of): ends it as skipped, with the reason.
    [[noreturn]] void decline(const std::string& why) const;

    /// The last statements that reached the database through the case's engines, oldest first, with their parameters.
    [[nodiscard]] std::vector<std::string> statements() const;
    /// Closes what the engine holds and drops what was made, with a connection of its own and a deadline, whatever state the case's
    /// connections are in. Returns what could not be dropped, and why. Idempotent.
    std::vector<std::string> finish() noexcept;

private:
    struct state;
    std::unique_ptr<state> state_;
};

/// What context::decline throws. No std::exception: REQUIRE_THROWS_AS of one must not take it.
struct declined {
    std::string why;
};

/// The table name of a mapped struct: unique to this process, so that processes can share a database.
[[nodiscard]] std::string mapped_name(std::string_view stem);

}  // namespace azoth::conformance
