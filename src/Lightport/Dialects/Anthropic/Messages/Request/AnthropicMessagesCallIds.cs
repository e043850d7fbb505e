using System.Globalization;

namespace Lightport.Dialects.Anthropic.Messages;

/// <summary>
/// Names of calls that the API takes (<c>^[a-zA-Z0-9_-]+$</c>). The same id always becomes the same name, two ids never
/// one name.
/// </summary>
internal sealed class AnthropicMessagesCallIds
{
    private readonly Dictionary<string, string> _names = [];
    private readonly HashSet<string> _taken = [];

    /// <summary>The number that the next id which looks like an earlier one gets, by how both look.</summary>
    private readonly Dictionary<string, int> _next = [];

    public string Name(string id)
    {
        if (_names.TryGetValue(id, out string? name))
        {
            return name;
        }

        string clean = id.Length == 0 ? "call" : string.Create(id.Length, id, static (target, source) =>
        {
            for (int i = 0; i < source.Length; i++)
            {
                target[i] = char.IsAsciiLetterOrDigit(source[i]) || source[i] is '_' or '-' ? source[i] : '_';
            }
        });
        name = clean;
        if (!_taken.Add(name))
        {
            int number = _next.GetValueOrDefault(clean, 2);
            do
            {
                name = string.Create(CultureInfo.InvariantCulture, $"{clean}_{number++}");
            }
            while (!_taken.Add(name));
            _next[clean] = number;
        }

        _names.Add(id, name);
        return name;
    }
}
