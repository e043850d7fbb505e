using System.Text;
using Lightport.Transport;

namespace Lightport.Tests.Transport;

/// <summary>Secrets that a server was shown, in what it says.</summary>
public sealed class SecretMaskTests
{
    private const string Secret = "tok-0123456789abcdefXYZ";
    private const string Text = "{\"a\":\"Bearer " + Secret + "\",\"b\":\"tok-0123456789\",\"c\":\"" + Secret + "\"}";

    /// <summary>However it comes in pieces; the first letters alone may be told, and are nobody's secret.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(20)]
    [InlineData(1_000)]
    public void Secret_IsTakenOut(int piece)
    {
        var mask = new SecretMask([Secret, "short"]);
        byte[] said = Encoding.UTF8.GetBytes(Text);
        for (int at = 0; at < said.Length; at += piece)
        {
            mask.Apply(said.AsSpan(at, Math.Min(piece, said.Length - at)));
        }

        string told = Encoding.UTF8.GetString(said);
        Assert.DoesNotContain(Secret[..16], told, StringComparison.Ordinal);
        Assert.DoesNotContain("XYZ", told, StringComparison.Ordinal);
        Assert.Contains("\",\"b\":\"tok-0123456789\",\"c\":\"", told, StringComparison.Ordinal);
        Assert.StartsWith("{\"a\":\"Bearer ", told, StringComparison.Ordinal);
        Assert.EndsWith("\"}", told, StringComparison.Ordinal);
    }

    /// <summary>Servers write one text of JSON in several ways, and whoever reads it has the secret all the same.</summary>
    [Theory]
    [InlineData("""{"a":"abcd/efgh+ijkl/mnop=="}""")]
    [InlineData("""{"a":"abcd/efgh\u002Bijkl/mnop=="}""")]
    [InlineData("""{"a":"abcd\/efgh+ijkl\/mnop=="}""")]
    public void Secret_AsJsonEscapesIt_IsTakenOut(string said)
    {
        string stars = $$"""{"a":"{{new string('*', said.Length - 8)}}"}""";
        for (int cut = 0; cut < said.Length; cut++)
        {
            var mask = new SecretMask(["abcd/efgh+ijkl/mnop=="]);
            byte[] bytes = Encoding.UTF8.GetBytes(said);
            mask.Apply(bytes.AsSpan(0, cut));
            mask.Apply(bytes.AsSpan(cut));

            // Of one that goes on in the next piece up to fifteen letters are told.
            Assert.Equal(stars[Math.Min(cut, 21)..], Encoding.UTF8.GetString(bytes)[Math.Min(cut, 21)..]);
        }

        Assert.Equal(stars, new SecretMask(["abcd/efgh+ijkl/mnop=="]).Masked(said));
    }
}
