#pragma once

#include <azoth/azoth.hpp>

#include <map>
#include <string>
#include <vector>

namespace azoth::command {

/// What a word that is being typed may become: tables, their columns, words of SQL, commands of the shell. Names are read from the database
/// when they are first wanted.
class name_completer {
public:
    explicit name_completer(const executor_source& of) : of_{of} {}

    /// `before` is the line up to the word.
    [[nodiscard]] std::vector<std::string> candidates(const std::string& before, const std::string& begun);
    /// Names may have changed.
    void forget() { tables_.clear(); }

private:
    void read();
    void add_columns(const std::string& begun, std::vector<std::string>& to) const;
    /// Names that begin so, without what has been typed between the quote and the word.
    [[nodiscard]] std::vector<std::string> in_open_quotes(const std::string& typed, std::size_t word) const;
    /// As a statement has to spell it: in quotes where the database would take it for something else.
    [[nodiscard]] std::string spelled(const std::string& name) const;

    const executor_source& of_;
    bool folds_capitals_{};                                     ///< a word without quotes is one in small letters
    std::map<std::string, std::vector<std::string>> tables_{};  ///< columns by table or view
};

}  // namespace azoth::command
