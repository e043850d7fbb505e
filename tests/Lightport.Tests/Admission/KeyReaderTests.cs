using Lightport.Admission;
using Microsoft.AspNetCore.Http;

namespace Lightport.Tests.Admission;

public sealed class KeyReaderTests
{
    [Theory]
    [InlineData("Authorization: Bearer k1", "", "k1")]
    [InlineData("Authorization: bearer  k1 ", "", "k1")]
    [InlineData("x-api-key: k2", "", "k2")]
    [InlineData("x-goog-api-key: k3", "", "k3")]
    [InlineData("api-key: k4", "", "k4")]
    [InlineData("", "?alt=sse&key=k%2B5", "k+5")]
    [InlineData("x-api-key: k2|Authorization: Bearer k1", "?key=k5", "k1")]
    [InlineData("api-key: k4|x-goog-api-key: k3", "?key=k5", "k3")]
    [InlineData("Authorization: Basic abc|x-api-key: k2", "", "k2")]
    [InlineData("Authorization: Bearer ", "", "")]
    [InlineData("Authorization: Bearer", "", "")]
    [InlineData("", "?apikey=k5", "")]
    [InlineData("", "?key=k%0d%0aX:%201", "")]
    [InlineData("", "?key=k%00", "")]
    [InlineData("", "?key=k%205", "")]
    [InlineData("", "?key=%D0%BA", "")]
    [InlineData("Authorization: Bearer k\u0001", "?key=k5", "")]
    [InlineData("x-api-key: k\u00e9", "", "")]
    [InlineData("", "", "")]
    public void Read_WhereverTheClientPutsIt_FindsTheKey(string headers, string query, string expected) =>
        Assert.Equal(expected, KeyReader.Read(Request(headers, query)).ToString());

    [Theory]
    [InlineData("x-api-key: k2", "?key=k5", "k2")]
    [InlineData("x-api-key: k\t2", "?key=k5", "")]
    [InlineData("", "?key=k5", "")]
    public void ReadHeaders_OfAKeyInTheAddress_FindsNothing(string headers, string query, string expected) =>
        Assert.Equal(expected, KeyReader.ReadHeaders(Request(headers, query)).ToString());

    private static HttpRequest Request(string headers, string query)
    {
        HttpRequest request = new DefaultHttpContext().Request;
        foreach (string header in headers.Split('|', StringSplitOptions.RemoveEmptyEntries))
        {
            request.Headers[header[..header.IndexOf(':')]] = header[(header.IndexOf(':') + 1)..];
        }

        request.QueryString = new QueryString(query);
        return request;
    }
}
