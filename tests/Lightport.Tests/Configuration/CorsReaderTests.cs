using Lightport.Admission;
using Lightport.Configuration;

namespace Lightport.Tests.Configuration;

public sealed class CorsReaderTests
{
    [Fact]
    public void Cors_NotWritten_IsOff() =>
        Assert.True(TestConfiguration.LoadValid("models: { a: openai/x }").Admission.Cors.IsOff);

    [Theory]
    [InlineData("https://app.contoso.com")]
    [InlineData("http://localhost:3000")]
    [InlineData("http://[::1]:3000")]
    [InlineData("app://obsidian.md")]
    [InlineData("https://xn--bcher-kva.example")]
    public void Origin_AsBrowsersWriteIt_IsAllowedAndNoOther(string origin)
    {
        CorsSettings cors = TestConfiguration.LoadValid($"cors: {{ origins: [\"{origin}\"] }}").Admission.Cors;

        Assert.Equal(origin, cors.LeaveFor(origin));
        Assert.Null(cors.LeaveFor("null"));
        Assert.Null(cors.LeaveFor(origin + ".evil.example"));
        Assert.Null(cors.LeaveFor(new(["https://evil.example", origin])));
        Assert.Null(cors.LeaveFor(default));
    }

    [Theory]
    [InlineData("https://app.contoso.com/", "did you mean 'https://app.contoso.com'?")]
    [InlineData("https://app.contoso.com/chat", "did you mean 'https://app.contoso.com'?")]
    [InlineData("https://App.Contoso.com", "did you mean 'https://app.contoso.com'?")]
    [InlineData("https://app.contoso.com:443", "did you mean 'https://app.contoso.com'?")]
    [InlineData("https://bücher.example", "as in https://app.contoso.com.")]
    [InlineData("https://a\ud800b.example", "as in https://app.contoso.com.")]
    [InlineData("https://\u2ecfa", "as in https://app.contoso.com.")]
    [InlineData("app.contoso.com", "as in https://app.contoso.com.")]
    [InlineData("null", "as in https://app.contoso.com.")]
    [InlineData("https://*.contoso.com", "as in https://app.contoso.com.")]
    public void Origin_Otherwise_IsRefusedWithWhatIsMeant(string origin, string meant)
    {
        ConfigurationResult result = TestConfiguration.Load($"cors:\n  origins: [\"{origin}\"]");

        ConfigurationError error = Assert.Single(result.Errors);
        Assert.Equal((2, 13), (error.Line, error.Column));
        Assert.EndsWith(meant, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void EveryOrigin_WhereNoKeyIsAskedFor_IsRefused()
    {
        const string Everyone = "cors: { origins: [\"*\"] }";

        Assert.Contains("every web page", Assert.Single(TestConfiguration.Load(Everyone).Errors).Message);
        Assert.Equal("*", TestConfiguration.Load(Everyone, "key").Configuration!.Admission.Cors.LeaveFor("https://a"));
    }

    [Fact]
    public void Key_Misspelt_IsRefusedWithTheRightOne() => Assert.Contains(
        "did you mean 'origins'?",
        Assert.Single(TestConfiguration.Load("cors: { orgins: [] }").Errors).Message,
        StringComparison.Ordinal);
}
