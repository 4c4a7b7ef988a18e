#pragma once

#include <azoth/azoth.hpp>
#include <azoth/dialect.hpp>
#include <azoth/plugin/registry.hpp>

#include <algorithm>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// A driver that keeps its contract but for what a test tells it to do otherwise: the dialect "misbehaving".
namespace misbehaving {

struct manners {
    std::map<std::string, std::function<void()>, std::less<>> at{};  ///< done when a function of that name is called
    std::string null_at{};                                           ///< the function that returns null
    std::size_t rows{3};                                             ///< of a query
    std::size_t rows_told{1};                                        ///< by a fetch that has one
    std::size_t columns{2};
    std::size_t columns_later{2};  ///< once the first row has been fetched
    azoth::cell first{azoth::cell::integer(1)};
    std::int64_t affected{1};
    std::size_t returned_columns{1};                     ///< of each row that insert_many returns
    std::optional<std::size_t> batch_results{};          ///< execute_batch tells so many
    std::size_t batch_shift{};                           ///< ... and counts them from here
    std::function<void(azoth::capabilities&)> claims{};  ///< changes what the profile claims
    std::vector<bool> reflected{true};                   ///< what have_tables says
};
inline manners& how() {
    static manners all;
    return all;
}
/// A function of the driver's begins.
inline void enter(std::string_view function) {
    if (const auto found = how().at.find(function); found != how().at.end()) found->second();
}
template <class T, class... Args>
std::unique_ptr<T> make_at(std::string_view function, Args&&... args) {
    enter(function);
    return how().null_at == function ? nullptr : std::make_unique<T>(std::forward<Args>(args)...);
}

class result_cursor final : public azoth::cursor {
public:
    explicit result_cursor(std::string_view sql) : is_query_{sql.starts_with("SELECT")} {}
    [[nodiscard]] std::span<const azoth::column_info> columns() const override {
        enter("columns");
        if (!is_query_) return {};
        return std::span{infos_}.first(next_ == 0 ? how().columns : how().columns_later);
    }
    std::size_t fetch(std::span<azoth::cell> out, std::size_t) override {
        enter("fetch");
        if (!is_query_ || next_ == how().rows) return 0;
        ++next_;
        std::fill_n(out.begin(), how().columns, azoth::cell::text("x"));
        out.front() = how().first;
        return how().rows_told;
    }
    [[nodiscard]] std::int64_t affected_rows() const override {
        enter("affected_rows");
        return how().affected;
    }
    [[nodiscard]] std::optional<std::int64_t> last_insert_id() const override {
        enter("last_insert_id");
        return std::nullopt;
    }
    void close() noexcept override {}

private:
    std::vector<azoth::column_info> infos_{{.name = "n"}, {.name = "name"}, {.name = "more"}};
    bool is_query_;
    std::size_t next_{};
};

class statement final : public azoth::prepared_statement {
public:
    explicit statement(std::string_view sql) : sql_{sql} {}
    azoth::cursor& execute(std::span<const azoth::cell>, const azoth::execute_options&) override {
        enter("statement.execute");
        return *(cursor_ = std::make_unique<result_cursor>(sql_));
    }

private:
    std::string sql_;
    std::unique_ptr<result_cursor> cursor_{};
};

inline void fill(azoth::profile& out) {
    out.dialect = "misbehaving";
    out.driver = "memory";
    out.can.transactions = out.can.savepoints = out.can.multi_row_values = out.can.returning_on_insert = true;
    if (how().claims) how().claims(out.can);
}

class connection final : public azoth::driver_connection {
public:
    void server_profile(azoth::profile& out) const override {
        enter("server_profile");
        fill(out);
    }
    std::unique_ptr<azoth::prepared_statement> prepare(std::string_view sql) override { return make_at<statement>("prepare", sql); }
    std::unique_ptr<azoth::cursor> execute(std::string_view sql, std::span<const azoth::cell>, const azoth::execute_options&) override {
        return make_at<result_cursor>("execute", sql);
    }
    void execute_batch(std::span<const azoth::batch_item> items, const std::function<void(std::size_t, azoth::cursor&)>& each,
                       const azoth::execute_options& options) override {
        enter("execute_batch");
        for (std::size_t i = 0; i < how().batch_results.value_or(items.size()); ++i)
            each(i + how().batch_shift, *execute(items[std::min(i, items.size() - 1)].sql, {}, options));
    }
    azoth::batch_result insert_many(const azoth::batch_plan&, azoth::row_source&, azoth::row_sink* returned,
                                    const azoth::execute_options&) override {
        enter("insert_many");
        const std::vector<azoth::cell> row(how().returned_columns, azoth::cell::integer(7));
        if (returned) returned->row(row);
        return {how().affected};
    }
    void begin(const azoth::transaction_options&) override { set("begin", true); }
    void commit() override { set("commit", false); }
    void rollback() override { set("rollback", false); }
    [[nodiscard]] bool in_transaction() const override {
        enter("in_transaction");
        return in_transaction_;
    }
    void savepoint(std::string_view) override { enter("savepoint"); }
    void release_savepoint(std::string_view) override { enter("release_savepoint"); }
    void rollback_to_savepoint(std::string_view) override { enter("rollback_to_savepoint"); }
    void ping(const azoth::deadline&) override { enter("ping"); }
    bool reset() override {
        enter("reset");
        return true;
    }
    void cancel() noexcept override { ++cancels(); }
    void close() noexcept override {}
    void abandon() noexcept override {}
    static int& cancels() {
        static int count = 0;
        return count;
    }

private:
    void set(std::string_view function, bool in_transaction) {
        enter(function);
        in_transaction_ = in_transaction;
    }
    bool in_transaction_{};
};

class catalogue final : public azoth::reflector {
public:
    [[nodiscard]] bool has_table(std::string_view, std::string_view) override {
        enter("has_table");
        return true;
    }
    [[nodiscard]] std::vector<std::string> table_names(std::string_view) override { return {}; }
    [[nodiscard]] std::vector<bool> have_tables(const std::vector<std::string>&, std::string_view) override { return how().reflected; }
};

class dialect final : public azoth::dialect {
public:
    dialect() {
        static const auto kind = azoth::text("x").node()->kind();
        rules_.set(kind, [](azoth::compiler& out, const azoth::node& what) {
            enter("rule");
            azoth::ansi_sql_rules().find(kind)(out, what);
        });
    }
    [[nodiscard]] const azoth::dialect_info& info() const override {
        static const azoth::dialect_info own{.dialect = "misbehaving", .driver = "memory", .is_embedded = true, .has_hosts = false};
        return own;
    }
    [[nodiscard]] const azoth::rule_table& rules() const override { return rules_; }
    void default_profile(azoth::profile& out) const override {
        enter("default_profile");
        fill(out);
    }
    void check_url(const azoth::url&) const override { enter("check_url"); }
    std::unique_ptr<azoth::driver_connection> connect(const azoth::connect_args&) const override { return make_at<connection>("connect"); }
    [[nodiscard]] azoth::error_class classify(const azoth::native_error&) const override {
        enter("classify");
        return {.code = azoth::errc::locked};
    }
    [[nodiscard]] std::unique_ptr<azoth::reflector> make_reflector(azoth::executor&) const override {
        return make_at<catalogue>("make_reflector");
    }
    [[nodiscard]] pool_hint suggested_pool(const azoth::url&) const override {
        enter("suggested_pool");
        return pool_hint::queue;
    }

private:
    azoth::rule_table rules_{azoth::ansi_sql_rules()};
};

/// An engine over a driver that behaves, until a test says otherwise.
inline azoth::engine make_engine(azoth::engine_options options = {}) {
    static const bool registered = [] {
        azoth::dialect_registry::instance().add_static({.dialect = "misbehaving", .driver = "memory"},
                                                       [] { return std::unique_ptr<azoth::dialect>{std::make_unique<dialect>()}; });
        return true;
    }();
    static_cast<void>(registered);
    return azoth::create_engine("misbehaving:///", std::move(options));
}

}  // namespace misbehaving
