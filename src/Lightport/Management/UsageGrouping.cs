using System.Globalization;
using Lightport.Conversation;
using Lightport.Storage;

namespace Lightport.Management;

/// <summary>What rows of usage are summed up by, and what each sum is of.</summary>
internal sealed class UsageGrouping : IComparer<IReadOnlyList<string>>
{
    public const string DayFormat = "yyyy-MM-dd";
    public const string HourFormat = "yyyy-MM-dd'T'HH':00:00Z'";

    /// <summary>A key's tag of that name: <c>tag.team</c>.</summary>
    private const string KeyTag = "tag.";

    private const int Most = 8;

    private static readonly string[] Words = ["key", "model", "provider", "route", "tag", "day", "hour"];

    private readonly string[] _by;
    private readonly int[] _order;

    private UsageGrouping(string[] by)
    {
        _by = by;
        _order = [.. Enumerable.Range(0, by.Length).OrderBy(place => IsTime(by[place]) ? 0 : 1)];
    }

    public IReadOnlyList<string> By => _by;

    /// <exception cref="GatewayException">A 400: one of the words is none.</exception>
    public static UsageGrouping Parse(string? text, string parameter)
    {
        string[] by = text is null
            ? ["key", "model"]
            : text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        bool isSound = by.Length <= Most
            && by.Distinct().Count() == by.Length
            && Array.TrueForAll(by, word => Words.Contains(word) || (IsKeyTag(word) && word.Length > KeyTag.Length));
        return isSound
            ? new UsageGrouping(by)
            : throw GatewayException.BadRequest(
                $"'{parameter}' takes {string.Join(", ", Words)} and {KeyTag}<name of a key's tag>, each once, at most "
                + $"{Most}, with commas between.",
                parameter);
    }

    /// <summary>What a row is of, in the order of <see cref="By"/>; a key by its id.</summary>
    public string[] Of(UsageRow row)
    {
        string[] values = new string[By.Count];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = By[i] switch
            {
                "key" => row.KeyId,
                "model" => row.Model,
                "provider" => ProviderOf(row),
                "route" => row.Route.Length == 0 ? "-" : row.Route,
                "tag" => row.Tag,
                "day" => row.Hour.UtcDateTime.ToString(DayFormat, CultureInfo.InvariantCulture),
                "hour" => row.Hour.UtcDateTime.ToString(HourFormat, CultureInfo.InvariantCulture),
                var tag => TagText.Find(row.KeyTags, tag[KeyTag.Length..]) ?? "",
            };
        }

        return values;
    }

    /// <summary>A provider's name has no slash, and a model's may have some.</summary>
    public static string ProviderOf(UsageRow row) =>
        row.Model.IndexOf('/', StringComparison.Ordinal) is > 0 and var slash ? row.Model[..slash] : row.Model;

    /// <summary>First by time, then by what else it is of.</summary>
    public int Compare(IReadOnlyList<string>? x, IReadOnlyList<string>? y)
    {
        foreach (int place in _order)
        {
            if (string.CompareOrdinal(x![place], y![place]) is not 0 and var difference)
            {
                return difference;
            }
        }

        return 0;
    }

    /// <summary>By time alone.</summary>
    public string TimeOf(IReadOnlyList<string> values) =>
        string.Join(' ', _order.Where(place => IsTime(By[place])).Select(place => values[place]));

    /// <summary>The sum as an answer has it.</summary>
    /// <param name="keys">The keys' names, by their ids.</param>
    public UsageAnswer.Row Named(
        IReadOnlyList<string> values, UsageAnswer.Row sums, IReadOnlyDictionary<string, string> keys)
    {
        Dictionary<string, string> tags = Enumerable.Range(0, By.Count)
            .Where(place => IsKeyTag(By[place]))
            .ToDictionary(place => By[place][KeyTag.Length..], place => values[place]);
        string? keyId = Value("key");
        return sums with
        {
            KeyId = keyId,
            Key = keyId is null ? null : keys[keyId],
            Model = Value("model"),
            Provider = Value("provider"),
            Route = Value("route"),
            Tag = Value("tag"),
            KeyTags = tags.Count == 0 ? null : tags,
            Day = Value("day"),
            Hour = Value("hour"),
        };

        string? Value(string word) => Array.IndexOf(_by, word) is >= 0 and var place ? values[place] : null;
    }

    private static bool IsKeyTag(string word) => word.StartsWith(KeyTag, StringComparison.Ordinal);

    private static bool IsTime(string word) => word is "day" or "hour";
}
