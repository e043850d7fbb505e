namespace Lightport.Cel.Tests;

public sealed class ReadTests
{
    private static readonly CelEnvironment Environment = new(
    [
        new("prompt", CelType.Dyn),
        new("request", CelType.Dyn),
        new("headers", CelType.Map(CelType.String, CelType.String)),
    ]);

    /// <summary>What is read unguarded.</summary>
    [Theory]
    [InlineData("prompt.text == 'a'", "prompt.text")]
    [InlineData("has(prompt.text) && prompt.text == 'a'", "")]
    [InlineData("prompt.text == 'a' && has(prompt.text)", "")]
    [InlineData("!has(prompt.text) || prompt.text == 'a'", "")]
    [InlineData("has(prompt.text) || prompt.text == 'a'", "prompt.text")]
    [InlineData("has(prompt.text) ? prompt.text == 'a' : false", "")]
    [InlineData("has(prompt.text) ? false : prompt.text == 'a'", "prompt.text")]
    [InlineData("has(prompt.text) && prompt.language == 'a'", "prompt.language")]
    [InlineData("headers['x-team'] == 'a'", "headers['x-team']")]
    [InlineData("'x-team' in headers && headers['x-team'] == 'a'", "")]
    [InlineData("headers[?'x-team'].orValue('') == 'a'", "")]
    [InlineData("headers.?team.orValue('') == 'a'", "")]
    [InlineData("headers[request.name] == 'a'", "headers[*] request.name")]
    [InlineData("has(request.a.b)", "request.a")]
    [InlineData("has(request.a) && has(request.a.b) && request.a.b", "")]
    [InlineData("has(request.tools) && request.tools.exists(t, t.name == 'a')", "request.tools[].name")]
    [InlineData("has(request.tools) && request.tools.exists(t, has(t.name) && t.name == 'a')", "")]
    [InlineData("has(prompt[request.a].x) && prompt[request.b].x", "prompt[*] prompt[*].x request.a request.b")]
    [InlineData(
        "has(request.t) && request.t.exists(a, has(a.x) && request.t.exists(b, b.x == a.x))", "request.t[].x")]
    [InlineData("request['model'] == 'a' && has(request.model)", "")]
    [InlineData("cel.bind(p, prompt, has(p.text) && p.text == 'a')", "")]
    [InlineData("!(has(prompt.text) && prompt.text != '')", "")]
    [InlineData("has(prompt.text) && (prompt.text == 'a' || prompt.text == 'b')", "")]
    public void Reads_TellWhatNoGuardStandsBefore(string expression, string unguarded) => Assert.Equal(
        unguarded,
        string.Join(
            ' ', from read in Environment.Compile(expression).Reads where !read.IsGuarded select read.Path));

    [Fact]
    public void Reads_AreEachPathOnceWithItsVariable() => Assert.Equal(
        ["headers of headers", "headers['x-a'] of headers", "request of request", "request.model of request"],
        Environment.Compile("request.model == headers['x-a'] || request.model == ''")
            .Reads.Select(read => $"{read.Path} of {read.Variable}"));
}
