#pragma once

#include <azoth/azoth.hpp>

#include <fmt/format.h>

#include <functional>
#include <string>
#include <vector>

namespace azoth::conformance {

/// Takes away what a case has made in a database: with an engine that has seen nothing of the case and waits for no lock for long. Goes on
/// where a piece fails.
class cleaning {
public:
    explicit cleaning(const url& target);
    ~cleaning() { db_.dispose(); }
    cleaning(const cleaning&) = delete;
    cleaning& operator=(const cleaning&) = delete;

    [[nodiscard]] const azoth::engine& database() const noexcept { return db_; }
    /// Runs one piece of work, again where a retry can help; an exception makes `what` a thing left behind.
    void attempt(const std::string& what, const std::function<void()>& work);
    /// Rolls back the prepared transactions whose ids are wanted, where the database has such transactions.
    void roll_back_prepared(const std::function<bool(const std::string&)>& wanted);
    void run(const std::string& sql);
    void drop(const metadata& tables);
    /// The tables whose names begin so.
    [[nodiscard]] std::vector<std::string> tables_with(const std::string& prefix) const;
    /// Drops those tables: each is a thing left behind, since the case should have done it.
    void drop_forgotten(const std::string& prefix);
    /// Whether it could be dropped now; a failure is no failure yet.
    [[nodiscard]] bool drops(const metadata& tables);

    [[nodiscard]] const std::vector<std::string>& left_behind() const noexcept { return left_; }

private:
    static void persist(const std::function<void()>& work);

    azoth::engine db_;
    std::vector<std::string> left_{};
};

}  // namespace azoth::conformance
