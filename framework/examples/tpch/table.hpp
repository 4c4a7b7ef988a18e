#pragma once

#include <string>
#include <vector>

/// Prints rows beneath headings: numbers to the right, texts to the left; `most` rows at most, and how many more there are.
void print_table(const std::vector<std::string>& headings, const std::vector<std::vector<std::string>>& rows, std::size_t most);
