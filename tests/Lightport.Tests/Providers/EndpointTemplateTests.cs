using Lightport.Providers;

namespace Lightport.Tests.Providers;

public sealed class EndpointTemplateTests
{
    private static readonly Dictionary<string, string> Settings = new()
    {
        ["resource"] = "contoso-eu",
        ["account"] = "a b/..",
        ["base-url"] = "http://10.1.0.4:8000/v1/",
    };

    [Theory]
    [InlineData("https://api.x.ai/v1", "/chat/completions", "https://api.x.ai/v1/chat/completions")]
    [InlineData("https://api.x.ai/v1/", "/chat/completions", "https://api.x.ai/v1/chat/completions")]
    [InlineData("https://api.x.ai/v1", "https://y.ai/anthropic/v1/messages", "https://y.ai/anthropic/v1/messages")]
    [InlineData("https://{resource}.openai.azure.com/v1", "/c", "https://contoso-eu.openai.azure.com/v1/c")]
    [InlineData("https://x.ai/{account}/v1", "/c", "https://x.ai/a%20b%2F../v1/c")]
    [InlineData("{base-url}", "/chat/completions", "http://10.1.0.4:8000/v1/chat/completions")]
    [InlineData("https://x.ai", "/m/{model}/run", "https://x.ai/m/org%2Fname@v1%3Fa%23b%25%5C/run")]
    [InlineData("echo:/", "/chat/completions", "echo:/chat/completions")]
    public void Expand_Template_IsTheAddress(string baseUrl, string path, string expected)
    {
        var template = EndpointTemplate.Create(baseUrl, path, Settings);

        Assert.Equal(expected, template.Expand("org/name@v1?a#b%\\").AbsoluteUri);
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("../../admin")]
    [InlineData("a\r\nHost: b")]
    [InlineData("a\0")]
    public void Expand_ModelThatCannotStandInAPath_Throws(string model)
    {
        var template = EndpointTemplate.Create("https://x.ai", "/m/{model}/run", Settings);

        var error = Assert.Throws<EndpointTemplateException>(() => template.Expand(model));
        Assert.Equal("model", error.Placeholder);
    }

    [Fact]
    public void Expand_HalfASurrogatePair_Throws()
    {
        var template = EndpointTemplate.Create("https://x.ai", "/m/{model}/run", Settings);

        Assert.Throws<EndpointTemplateException>(() => template.Expand("a\ud800"));
    }

    [Fact]
    public void Expand_NoPlaceForTheModel_TakesAnyAndIsOneAddress()
    {
        var template = EndpointTemplate.Create("https://x.ai", "/c", Settings);

        Assert.Same(template.Expand("a"), template.Expand("../b"));
    }

    [Theory]
    [InlineData("https://{region}.x.ai", "/c", "region", "'region' is missing")]
    [InlineData("https://{model}.x.ai", "/c", "model", "by the model")]
    [InlineData("https://x.ai", "{model}", "model", "by the model")]
    [InlineData("https://{account}.x.ai", "/c", "account", "must be a host name")]
    [InlineData("{resource}", "/c", "resource", "must be an http or https address")]
    [InlineData("https://x.ai/{oops", "/c", "oops/c", "left open")]
    public void Create_WhatCannotBeFilled_NamesIt(string baseUrl, string path, string placeholder, string message)
    {
        var error = Assert.Throws<EndpointTemplateException>(() => EndpointTemplate.Create(baseUrl, path, Settings));

        Assert.Equal(placeholder, error.Placeholder);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ftp://x.ai")]
    [InlineData("file:///etc/passwd")]
    [InlineData("https://user:secret@x.ai")]
    [InlineData("https://x.ai/v1?key=1")]
    [InlineData("https://x.ai/{model}")]
    public void Create_BaseUrlThatIsNone_IsRefusedWithoutRepeatingIt(string baseUrl)
    {
        var settings = new Dictionary<string, string> { ["base-url"] = baseUrl };

        var error = Assert.Throws<EndpointTemplateException>(
            () => EndpointTemplate.Create("{base-url}", "/c", settings));
        Assert.DoesNotContain(baseUrl, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Fill_Settings_LeavesTheModel() =>
        Assert.Equal(
            "https://contoso-eu.x.ai/{model}",
            EndpointTemplate.Fill("https://{resource}.x.ai/{model}", Settings));
}
