namespace Lightport.Exchanges;

/// <summary>
/// Words of a client's (a model's name, a field's) or of a provider's as a header can hold them: the host refuses a
/// header with anything but visible ASCII, and clients refuse headers that are too long.
/// </summary>
internal static class HeaderText
{
    /// <summary>In characters; well below the 16 kB that Node takes for all headers together.</summary>
    private const int LongestList = 4096;

    /// <summary>What no header can hold becomes <c>?</c>.</summary>
    public static string Of(string text) => IsLegible(text)
        ? text
        : string.Concat(text.Select(unit => char.IsBetween(unit, ' ', '~') ? unit : '?'));

    /// <summary>Names with commas between them, and none within; too many of them end in <c>...</c>.</summary>
    public static string List(IReadOnlyList<string> names)
    {
        string list = string.Join(',', names.Select(name => Of(name).Replace(',', '?')));
        return list.Length <= LongestList ? list : list[..LongestList] + "...";
    }

    private static bool IsLegible(string text) => !text.AsSpan().ContainsAnyExceptInRange(' ', '~');
}
