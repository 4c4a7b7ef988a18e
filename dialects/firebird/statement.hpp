#pragma once

#include "connection.hpp"
#include "values.hpp"

#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace azoth::firebird {

/// SQL whose parameters take the types that their values need: Firebird wants to know each one's when it compiles the statement, and has
/// no type for any text or any decimal. The rules write CAST(? AS ...) with one of the words that `shaped` replaces.
class shaped_sql {
public:
    explicit shaped_sql(std::string_view sql);
    /// The SQL for these values; `wanted` is what Firebird took each parameter for.
    [[nodiscard]] std::string for_values(std::span<const cell> values, std::span<const field> wanted) const;
    [[nodiscard]] const std::string& usual() const noexcept { return sql_; }

private:
    struct place {
        std::size_t parameter;
        std::size_t at;          ///< of the type's name, or behind the question mark
        std::string_view usual;  ///< empty: Firebird chose the type
    };
    std::string sql_;
    std::vector<place> places_{};
};

class statement final : public native_statement {
public:
    statement(std::shared_ptr<session> on, std::string_view sql);
    ~statement() override;
    statement(const statement&) = delete;
    statement& operator=(const statement&) = delete;

    [[nodiscard]] std::size_t parameter_count() const override { return bound_.size(); }
    [[nodiscard]] std::span<const column_info> columns() const override { return columns_; }
    void bind(std::size_t parameter, const cell& value) override { bound_[parameter] = value; }
    void start() override;
    bool step() override;
    void read(std::span<cell> out) override;
    void finish() override;
    void rest() noexcept override;
    [[nodiscard]] std::int64_t affected_rows() override;
    [[nodiscard]] bool reads_ahead() const override { return is_singleton_; }

    /// Lets go of what Firebird holds for the process's statements that do not run: it alters nothing that a prepared one still reads.
    static void unprepare_idle() noexcept;
    /// The attachment goes: so do its statements' handles.
    static void forget_all(const session& of) noexcept;

private:
    struct registry {
        std::mutex guard{};  ///< of `all`, and of whether each one runs
        std::vector<statement*> all{};
    };
    static registry& living();
    void begin_run();
    [[nodiscard]] fb::IStatement* compile(const std::string& sql);
    void prepare(const std::string& sql);
    void describe();
    void prepare_transaction();
    [[nodiscard]] fb::ITransaction& transaction() const { return own_ ? *own_ : *session_->transaction; }
    void run();

    std::shared_ptr<session> session_;
    shaped_sql sql_;
    std::string prepared_sql_{};
    handle<fb::IStatement> prepared_{};
    handle<fb::IMessageMetadata> wanted_{};  ///< what Firebird takes the parameters for
    handle<fb::IMessageMetadata> given_{};   ///< ... and of what form the columns are
    handle<fb::IResultSet> rows_{};
    handle<fb::ITransaction> own_{};  ///< of a statement outside a transaction
    std::vector<cell> bound_{};
    std::vector<field> parameters_{};
    std::vector<column_info> columns_{};
    std::vector<field> fields_{};
    std::vector<unsigned char> row_{};
    arena memory_{};
    unsigned type_{};
    bool is_singleton_{};  ///< it returns one row and has no cursor
    bool row_waits_{};
    bool runs_{};
    std::int64_t affected_{-1};
};

}  // namespace azoth::firebird
