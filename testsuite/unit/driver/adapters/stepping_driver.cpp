#include "stepping_driver.hpp"

#include <vector>

using namespace azoth;

namespace {

void check(sqlite3* db, int code) {
    if (code != SQLITE_OK && code != SQLITE_ROW && code != SQLITE_DONE) throw native_error(code, sqlite3_errmsg(db));
}

class sqlite_statement final : public native_statement {
public:
    sqlite_statement(sqlite3* db, std::string_view sql, std::shared_ptr<int> alive) : db_{db}, alive_{std::move(alive)} {
        check(db_, sqlite3_prepare_v2(db_, sql.data(), static_cast<int>(sql.size()), &raw_, nullptr));
        for (int i = 0; i < sqlite3_column_count(raw_); ++i) columns_.push_back({sqlite3_column_name(raw_, i)});
        ++*alive_;
    }
    ~sqlite_statement() override {
        sqlite3_finalize(raw_);
        --*alive_;
    }
    sqlite_statement(const sqlite_statement&) = delete;
    sqlite_statement& operator=(const sqlite_statement&) = delete;

    [[nodiscard]] std::size_t parameter_count() const override { return static_cast<std::size_t>(sqlite3_bind_parameter_count(raw_)); }
    [[nodiscard]] std::span<const column_info> columns() const override { return columns_; }
    void bind(std::size_t parameter, const cell& value) override {
        const int at = static_cast<int>(parameter) + 1;
        if (value.is_null()) check(db_, sqlite3_bind_null(raw_, at));
        else if (value.tag == cell_tag::i64) check(db_, sqlite3_bind_int64(raw_, at, value.i64));
        else check(db_, sqlite3_bind_text(raw_, at, value.chars.data, static_cast<int>(value.chars.size), SQLITE_STATIC));
    }
    void start() override {
        if (columns_.empty()) check(db_, sqlite3_step(raw_));
    }
    bool step() override {
        const int code = sqlite3_step(raw_);
        check(db_, code);
        return code == SQLITE_ROW;
    }
    void read(std::span<cell> out) override {
        for (int i = 0; i < static_cast<int>(out.size()); ++i) {
            cell& c = out[static_cast<std::size_t>(i)];
            const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(raw_, i));
            switch (sqlite3_column_type(raw_, i)) {
                case SQLITE_NULL: c = {}; break;
                case SQLITE_INTEGER: c = cell::integer(sqlite3_column_int64(raw_, i)); break;
                default: c = cell::text({text, static_cast<std::size_t>(sqlite3_column_bytes(raw_, i))});
            }
        }
    }
    void rest() noexcept override { sqlite3_reset(raw_); }
    [[nodiscard]] std::int64_t affected_rows() override { return sqlite3_stmt_readonly(raw_) ? -1 : sqlite3_changes(db_); }
    [[nodiscard]] bool reads_ahead() const override { return !sqlite3_stmt_readonly(raw_); }

private:
    sqlite3* db_;
    sqlite3_stmt* raw_{};
    std::shared_ptr<int> alive_;
    std::vector<column_info> columns_{};
};

void claim(profile& out) {
    out.dialect = "sqlite";
    out.can.isolation_levels = bit(isolation_level::serializable);
}

}  // namespace

stepping_driver::stepping_driver(const connect_args& args) : stepping_connection{args, isolation_level::serializable} {
    claim(profile_);
    check(db_, sqlite3_open(":memory:", &db_));
}

void stepping_driver::begin(const transaction_options& options) { run(settled(options).read_only ? "BEGIN DEFERRED" : "BEGIN IMMEDIATE"); }

bool stepping_driver::reset() {
    forget_statements();
    forget_settings();
    return true;
}

std::unique_ptr<native_statement> stepping_driver::compile(std::string_view sql, bool) {
    return std::make_unique<sqlite_statement>(db_, sql, statements_);
}

void stepping_driver::disconnect() noexcept {
    ++disconnects_;
    sqlite3_close_v2(db_);
    db_ = nullptr;
}

bool stepping_driver::interrupt() noexcept {
    if (ignored_ > 0) return ignored_-- % 2 == 0;  // and it says so, or not
    sqlite3_interrupt(db_);
    return true;
}

whole_driver::whole_driver(const connect_args& args) : whole_result_connection{args, isolation_level::serializable} {
    claim(profile_);
    check(db_, sqlite3_open(":memory:", &db_));
}

void whole_driver::run_whole(std::string_view sql, std::span<const cell>, const execute_options&, buffered_result& into) {
    struct reader {
        buffered_result& into;
        bool started;
    } reader{into, false};
    const auto take = [](void* to, int width, char** texts, char** names) {
        auto& r = *static_cast<struct reader*>(to);
        std::vector<column_info> columns;
        std::vector<cell> row;
        for (int i = 0; i < width; ++i) {
            columns.push_back({names[i]});
            row.push_back(texts[i] ? cell::text(texts[i]) : cell{});
        }
        if (!std::exchange(r.started, true)) r.into.start(std::move(columns));
        r.into.add(row);
        return 0;
    };
    check(db_, sqlite3_exec(db_, std::string{sql}.c_str(), take, &reader, nullptr));
    into.set_affected(sqlite3_changes(db_));
}
