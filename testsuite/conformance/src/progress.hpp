#pragma once

#include "suite_result.hpp"

#include <cstddef>
#include <cstdio>
#include <functional>
#include <string>

namespace azoth::conformance {

/// Where people read, and whether that is a terminal, and one that wants colours.
struct screen {
    std::FILE* out{stdout};
    bool is_terminal{};
    bool in_colour{};
    static screen on(std::FILE* out);
};

/// Tells how a run goes: failures in full as they come; on a terminal one line that changes, in a pipe a line for every case.
class progress {
public:
    progress(screen on, std::string database, std::size_t cases, std::function<std::string(const case_result&)> rerun)
        : screen_{on}, database_{std::move(database)}, cases_{cases}, rerun_{std::move(rerun)} {}
    ~progress() { clear(); }
    progress(const progress&) = delete;
    progress& operator=(const progress&) = delete;

    void tell(const case_result& result);

private:
    void clear() const;
    void draw(const case_result& last) const;

    screen screen_;
    std::string database_;
    std::size_t cases_;
    std::function<std::string(const case_result&)> rerun_;
    tally sum_{};
};

/// One case as people read it: a line, and the message of a failure below it.
[[nodiscard]] std::string case_text(const case_result& result, const std::string& rerun, bool in_colour);

}  // namespace azoth::conformance
