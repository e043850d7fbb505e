using System.Buffers.Text;
using System.Text.Json;
using Lightport.Conversation;
using Lightport.Storage;

namespace Lightport.Management;

/// <summary>
/// Sums of usage, as many as are asked for. A page holds the first that come after a cursor and no more at any time,
/// however many there are in all; without a page all of them are held, up to a limit.
/// </summary>
internal sealed class UsagePage
{
    public const int MostRows = 10_000;

    private readonly UsageGrouping _grouping;
    private readonly int? _limit;
    private readonly string[]? _after;
    private readonly SortedDictionary<IReadOnlyList<string>, UsageTally> _sums;
    private readonly Dictionary<string, string> _keys = [];
    private readonly UsageTally _total = new();
    private bool _isCut;

    /// <param name="limit">How many rows the page has; null for all.</param>
    /// <param name="after">The cursor that an earlier page ended with; null from the first.</param>
    /// <exception cref="GatewayException">A 400: the cursor is none, or of another question.</exception>
    public UsagePage(UsageGrouping grouping, int? limit, string? after)
    {
        (_grouping, _limit, _after) = (grouping, limit, after is null ? null : Values(after, grouping.By.Count));
        _sums = new SortedDictionary<IReadOnlyList<string>, UsageTally>(grouping);
    }

    public UsageAnswer.Row Total => _total.ToRow();

    /// <summary>What the next page begins after; null where this is the last.</summary>
    public string? Next
    {
        get
        {
            Cut();
            return _isCut ? Cursor(_sums.Keys.Last()) : null;
        }
    }

    /// <exception cref="GatewayException">A 400: there are more rows than one answer takes.</exception>
    public void Add(UsageRow row)
    {
        _total.Add(row);
        string[] values = _grouping.Of(row);
        if (_after is not null && _grouping.Compare(values, _after) <= 0)
        {
            return;
        }

        // A key's name may have changed meanwhile: the last counts.
        _keys[row.KeyId] = row.KeyName;
        if (!_sums.TryGetValue(values, out UsageTally? sum))
        {
            _sums.Add(values, sum = new UsageTally());
        }

        sum.Add(row);
        if (_sums.Count > 2 * (_limit ?? int.MaxValue / 2))
        {
            Cut();
        }
        else if (_limit is null && _sums.Count > MostRows)
        {
            throw GatewayException.BadRequest(
                $"This has more than {MostRows} rows. Ask for fewer days, for one key, by less, or page by page with "
                + "'limit'.",
                "by");
        }
    }

    /// <summary>A page in the order of its cursor; else by time, then what was used most.</summary>
    public IReadOnlyList<UsageAnswer.Row> Rows()
    {
        Cut();
        IEnumerable<KeyValuePair<IReadOnlyList<string>, UsageTally>> rows = _limit is not null ? _sums : _sums
            .OrderBy(row => _grouping.TimeOf(row.Key), StringComparer.Ordinal)
            .ThenByDescending(row => row.Value.Tokens);
        return [.. rows.Select(row => _grouping.Named(row.Key, row.Value.ToRow(), _keys))];
    }

    /// <summary>
    /// Takes away what is behind the page: there are enough before it, so that it stays so whatever comes.
    /// </summary>
    private void Cut()
    {
        foreach (IReadOnlyList<string> behind in _sums.Keys.Skip(_limit ?? int.MaxValue).ToArray())
        {
            _sums.Remove(behind);
            _isCut = true;
        }
    }

    private static string Cursor(IReadOnlyList<string> values) => Base64Url.EncodeToString(
        JsonSerializer.SerializeToUtf8Bytes([.. values], ManagementJsonContext.Default.StringArray));

    private static string[] Values(string cursor, int count)
    {
        try
        {
            string[]? values = JsonSerializer.Deserialize(
                Base64Url.DecodeFromChars(cursor), ManagementJsonContext.Default.StringArray);
            if (values?.Length == count && Array.TrueForAll(values, value => value is not null))
            {
                return values;
            }
        }
        catch (Exception e) when (e is FormatException or JsonException)
        {
            // It is told below, as one of another question is.
        }

        throw GatewayException.BadRequest(
            "'after' must be the 'next' of the page before, and the other parameters the same.", "after");
    }
}
