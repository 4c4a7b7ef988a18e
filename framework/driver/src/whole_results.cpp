#include <azoth/driver/whole_results.hpp>

#include <azoth/base/error.hpp>

#include <string>
#include <utility>

namespace azoth {

class whole_result_connection::kept_text final : public prepared_statement {
public:
    kept_text(std::shared_ptr<whole_result_connection* const> on, std::string_view sql) : on_{std::move(on)}, sql_{sql} {}
    cursor& execute(std::span<const cell> parameters, const execute_options& options) override {
        if (!*on_) throw_error(errc::closed, "the connection is closed");
        result_.start({});
        (*on_)->run_whole(sql_, parameters, options, result_);
        return result_;
    }

private:
    std::shared_ptr<whole_result_connection* const> on_;  ///< null: it has ended
    std::string sql_;
    buffered_result result_{};
};

whole_result_connection::whole_result_connection(const connect_args& args, isolation_level usual)
    : basic_connection{args, usual}, place_{std::make_shared<whole_result_connection*>(this)} {}

whole_result_connection::~whole_result_connection() { *place_ = nullptr; }

std::unique_ptr<prepared_statement> whole_result_connection::prepare(std::string_view sql) {
    return std::make_unique<kept_text>(place_, sql);
}

std::unique_ptr<cursor> whole_result_connection::execute(std::string_view sql, std::span<const cell> parameters,
                                                         const execute_options& options) {
    auto result = std::make_unique<buffered_result>();
    run_whole(sql, parameters, options, *result);
    return result;
}

void whole_result_connection::rollback() {
    if (in_transaction()) run("ROLLBACK", control_deadline());
}

}  // namespace azoth
