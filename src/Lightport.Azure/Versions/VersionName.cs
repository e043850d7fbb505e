using System.Globalization;
using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace Lightport.Azure.Versions;

/// <summary>Names versions so that they sort by age and no two writers ever take the same.</summary>
internal static partial class VersionName
{
    private const string Time = "yyyyMMdd'T'HHmmssfff";

    public static string Next(DateTimeOffset now) =>
        $"{At(now)}-{RandomNumberGenerator.GetHexString(8, lowercase: true)}";

    /// <summary>What every name of that moment begins with, and sorts behind every name before it.</summary>
    public static string At(DateTimeOffset moment) =>
        moment.UtcDateTime.ToString(Time, CultureInfo.InvariantCulture);

    public static bool IsValid(string text) => Shape().IsMatch(text);

    [GeneratedRegex(@"\A[0-9]{8}T[0-9]{9}-[0-9a-f]{8}\z")]
    private static partial Regex Shape();
}
