namespace Lightport.Cel.Tests;

public sealed class TextTests
{
    [Theory]
    [InlineData("'a😀b'.charAt(1)", "😀")]
    [InlineData("'a😀b'.indexOf('b')", "2")]
    [InlineData("'a😀b'.substring(1, 2)", "😀")]
    [InlineData("'abcabc'.lastIndexOf('abc', 2)", "0")]
    [InlineData("'abc'.replace('', '-')", "-a-b-c-")]
    [InlineData("'aaa'.replace('a', 'b', 2)", "bba")]
    [InlineData("'a,b,c'.split(',', 2)", "[a, b,c]")]
    [InlineData("'a😀b'.split('')", "[a, 😀, b]")]
    [InlineData("['a', 'b'].join('-')", "a-b")]
    [InlineData("'ÄbC'.lowerAscii()", "Äbc")]
    [InlineData("' \\t x '.trim()", "x")]
    [InlineData("strings.quote('a\"\\n')", "\"a\\\"\\n\"")]
    [InlineData("'%s %d%% %.2f %x'.format(['a', 5, 2.345, 255])", "a 5% 2.35 ff")]
    [InlineData("'%.0f %.0f'.format([2.5, 3.5])", "2 4")]
    [InlineData("'%e'.format([1052.032911275])", "1.052033e+03")]
    [InlineData("'%b %o %X'.format([-5, 8u, 'az'])", "-101 10 617A")]
    [InlineData("'%s'.format([{'b': [1.5, null], 'a': duration('90s')}])", "{a: 90s, b: [1.5, null]}")]
    public void Functions_CountCodePoints(string expression, string value) =>
        Assert.Equal(value, Language.Evaluate(expression).ToString());

    [Theory]
    [InlineData("'abc'.charAt(4)")]
    [InlineData("'abc'.substring(2, 1)")]
    [InlineData("'abc'.indexOf('a', -1)")]
    [InlineData("'%d'.format(['a'])")]
    [InlineData("'%y'.format([1])")]
    [InlineData("'%s %s'.format([1])")]
    [InlineData("'%.999f'.format([1.0])")]
    [InlineData("base64.decode('*')")]
    public void Functions_WithoutAnAnswer_AreErrors(string expression) =>
        Assert.True(Language.Evaluate(expression).IsError);
}
