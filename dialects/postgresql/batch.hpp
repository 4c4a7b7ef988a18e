#pragma once

#include <azoth/dialect.hpp>

#include "parameters.hpp"
#include "rows.hpp"
#include "session.hpp"

#include <cstddef>
#include <functional>
#include <list>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace azoth::postgresql {

/// Runs statements in one go: all are sent before the first answer is read. SQL that comes several times is prepared, and stays so for the
/// next batch. Inside a transaction only: what follows a failed statement does not run there, and what went before is undone with it. A
/// parameter that cannot be sent is refused before anything is: the error says whose it is, and has that statement's SQL.
class batch_runner {
public:
    /// The session must outlive the object.
    explicit batch_runner(session& on) noexcept : session_{on} {}

    /// Whether a pipeline can take them: COPY it cannot.
    [[nodiscard]] static bool suits(std::span<const batch_item> items) noexcept;
    void run(std::span<const batch_item> items, const std::function<void(std::size_t, cursor&)>& each, const execute_options& options);
    /// The session's statements are gone.
    void forget() noexcept {
        by_sql_.clear();
        kept_.clear();
    }

private:
    struct kept_statement {
        std::string sql;
        std::string name{};  ///< on the server; empty: it came once so far
        bool answered{};     ///< the server said that it has it
        row_shape shape{};
    };
    using kept_list = std::list<kept_statement>;
    /// How an item is run: SQL that is seen for the first time as it is, the second time prepared ahead, then by its name.
    struct step {
        kept_statement* statement;
        bool by_name;
        bool prepares;
    };
    kept_list::iterator find(std::string_view sql);
    void plan(std::span<const batch_item> items);
    void send(std::span<const batch_item> items);
    void receive(const std::function<void(std::size_t, cursor&)>& each);
    void take_parameters(std::span<const batch_item> items);
    void expect_prepared();
    void drop_unanswered() noexcept;
    result_handle take_result();
    result_handle gather(result_handle first);
    void keep_at_most(std::size_t statements) noexcept;

    session& session_;
    kept_list kept_{};  ///< most recently used first
    std::unordered_map<std::string_view, kept_list::iterator> by_sql_{};
    std::vector<step> steps_{};
    parameter_list parameters_{};  ///< of all statements, one after another
};

}  // namespace azoth::postgresql
