using Lightport.Transport.Signing;

namespace Lightport.Tests.Transport.Signing;

public sealed class AwsSignatureTests
{
    private const string Vectors = "vectors/aws-sigv4";

    /// <summary>AWS's own examples, each to the letter: what is signed, and the signature.</summary>
    [SharedFact(Vectors)]
    public void Authorization_OfAwsOwnRequests_IsTheirs()
    {
        string[] folders = Directory.GetDirectories(SharedFolder.PathOf($"{Vectors}/v4"));
        Assert.True(folders.Length > 30, $"{folders.Length}");
        foreach (AwsSignatureVector vector in folders.Select(folder => new AwsSignatureVector(folder)))
        {
            AwsCanonicalRequest canonical = vector.Canonical();
            string signed = AwsSignature.Authorization(
                canonical, vector.Credentials, vector.Time, vector.Region, vector.Service);

            Assert.Equal((vector.Name, vector.CanonicalRequest), (vector.Name, canonical.Text));
            Assert.EndsWith("Signature=" + vector.Signature, signed, StringComparison.Ordinal);
        }
    }

    /// <summary>A model's name in a path is escaped as it is sent, and once more in what is signed.</summary>
    [Fact]
    public void Canonical_OfAnEscapedPath_IsEscapedOnceMore()
    {
        var address = new Uri("https://x.example/model/" + Uri.EscapeDataString("arn:aws:bedrock:eu:1:p/a") + "/converse");

        string text = AwsCanonicalRequest.Of("POST", address.AbsolutePath, "", [new("Host", "x.example")], "hash").Text;

        Assert.Equal("/model/arn%3Aaws%3Abedrock%3Aeu%3A1%3Ap%2Fa/converse", address.AbsolutePath);
        Assert.Equal(
            "POST\n/model/arn%253Aaws%253Abedrock%253Aeu%253A1%253Ap%252Fa/converse\n\nhost:x.example\n\nhost\nhash",
            text);
    }

    [Theory]
    [InlineData("/", "/")]
    [InlineData("//a//b/", "/a/b/")]
    [InlineData("/a/./b/../c", "/a/c")]
    [InlineData("/../a", "/a")]
    public void Canonical_OfAPathLikeAFile_IsTheFileItself(string path, string expected) =>
        Assert.Equal(expected, AwsCanonicalRequest.Of("GET", path, "", [], "").Text.Split('\n')[1]);

    [Theory]
    [InlineData("b=2&a=1", "a=1&b=2")]
    [InlineData("a=%C3%A9&a=b+c", "a=%C3%A9&a=b%2Bc")]
    [InlineData("flag", "flag=")]
    public void Canonical_OfAQuery_IsSortedAndEscaped(string query, string expected) =>
        Assert.Equal(expected, AwsCanonicalRequest.Of("GET", "/", query, [], "").Text.Split('\n')[2]);
}
